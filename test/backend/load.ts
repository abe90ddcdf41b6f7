// One event loaded and settled, as most tests of backends need it.

import type { Backend, DayRange, LoadReport } from '../../src/backend/backend.ts';
import type { BoundSource } from '../../src/model/dataset.ts';

export async function loadOne(
  backend: Backend,
  event: string,
  source: BoundSource,
  posted: DayRange,
): Promise<LoadReport> {
  await backend.load(event, source, { posted, by: [] });
  return (await backend.settle()).get(event)!;
}
