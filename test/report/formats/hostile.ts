import type { ResultFile } from '../../../src/verdict/result';
import { failing, result, scenario } from '../site/results';

/** What an adapter may say that is to harm nobody: markup of every kind, what a terminal or XML cannot take, and no end of it. */
export const HOSTILE = `</script></testcase>]]><![CDATA[<b a='1' b="2">&lt; \u0000\u0008\u001b[2J\u009b1A\ud83d\uffff\u202e ${'x'.repeat(1_000_000)}`;

export function hostileResult(): ResultFile {
  const file = result('one', [
    scenario({ name: HOSTILE, clause: 'TM-1' }),
    failing({ reason: `first\n${HOSTILE}`, timeline: ['plain', HOSTILE], gherkin: [HOSTILE] }),
  ]);
  const runtime = {
    ...{ name: HOSTILE, version: HOSTILE, language: { name: HOSTILE, version: HOSTILE } },
    ...{ lock: { name: HOSTILE, standIn: false }, drivers: {}, components: { [HOSTILE]: HOSTILE } },
  };
  const fault = { party: 'adapter', what: HOSTILE, came: HOSTILE } as const;
  return { ...file, runtime: { ...file.runtime, name: HOSTILE, identity: { runtime } }, fault, verdict: 'fail' };
}
