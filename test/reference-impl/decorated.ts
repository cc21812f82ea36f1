import { type Green, sleep } from '../../reference-impl/greenthread';
import { synchronized } from '../../reference-impl/lockutils';

/** A class with a synchronized method, for lockutils.test.ts, which compiles it: ts-node's swc knows no standard decorators. */
export class Account {
  balance = 0;

  @synchronized('account')
  *deposit(amount: number): Green<number> {
    const before = this.balance;
    yield* sleep(0);
    this.balance = before + amount;
    return this.balance;
  }
}
