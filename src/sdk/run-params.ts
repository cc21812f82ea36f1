import { z } from 'zod';
import { RunParams } from '../protocol/messages';

/** Reads the parameters of `run`; gives what does not fit, where something does not. */
export function readRun(params: unknown): RunParams | string {
  const parsed = RunParams.safeParse(params);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}
