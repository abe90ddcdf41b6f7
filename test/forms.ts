// Before each file of tests: the reader of the YAML form is at hand, as it is wherever a project was loaded.

import { needYaml } from '../src/syntax/forms.ts';

await needYaml();
