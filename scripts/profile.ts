import { FACTS } from '../src/profile/catalogue';
import type { Fact } from '../src/profile/fact';
import { publish } from './publish';

/** Writes docs/profile.md from the facts themselves. */
function main(): void {
  const page = [
    '# The profile of a runtime',
    '',
    'Runtimes differ in ways on which the document is silent, and whoever moves from one to another is hurt by them. greenspec observes these as *facts*: they are neither pass nor fail, and no exit code',
    'depends on them. `greenspec run` takes the profile after all scenarios, `--facts` also where only some are run, `--no-facts` never; `--verbose` lists the answers, and the result file has each with',
    'the record of its run under `facts`.',
    '',
    'A fact is observed by a program of its own, in the mode that services run in: patched where the runtime has patching. Its answer is a pure function of the record of that program, and rests on order and',
    'on witnesses, not on how long anything took. One that could not be observed is `unknown`, with the reason; one whose program takes what the runtime does not declare is `not-applicable`, with what that is.',
    '',
    'In the tables stands what an answer means to code that was written for eventlet.',
    '',
    ...FACTS.flatMap(section),
  ].join('\n');
  publish(new Map([['docs/profile.md', `${page.trimEnd()}\n`]]), 'npm run profile');
}

function section({ id, question, observed, answers }: Fact): string[] {
  const rows = Object.entries(answers).map(([answer, meaning]) => `| ${answer} | ${meaning} |`);
  return [`## ${question}`, '', `\`${id}\`. ${observed}`, '', '| answer | |', '|---|---|', ...rows, ''];
}

main();
