// Before each file of tests: the reader of the YAML form and all checks are at hand, as they are
// wherever a project was loaded.

import { holdSeldom } from '../src/check/needed.ts';
import * as seldom from '../src/check/seldom.ts';
import { holdSeldomPaid } from '../src/evaluate/needed.ts';
import * as seldomPaid from '../src/evaluate/seldom.ts';
import { needYaml } from '../src/syntax/forms.ts';

await needYaml();
holdSeldom(seldom);
holdSeldomPaid(seldomPaid);
