// The commands of docs/closing.md.

import { describe } from 'vitest';
import { testCommands } from './page-commands.ts';

describe('the page about closing', () => testCommands('closing.md', 10));
