// The commands of docs/reports.md.

import { describe } from 'vitest';
import { testCommands } from './page-commands.ts';

describe('the page about reports', () => testCommands('reports.md', 8));
