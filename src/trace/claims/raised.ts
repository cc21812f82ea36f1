import type { EventParams } from '../../protocol/messages';
import { type Contradiction, contradicted } from '../finding';

/** A step that raised did nothing of what is claimed of it: its error says why. */
export function raised({ n, error }: EventParams): Contradiction {
  return contradicted(`it raised ${error?.code}: ${error?.message}`, [n]);
}
