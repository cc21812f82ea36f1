import { Reference } from '../reference-impl/adapter';

export type Connect = Reference['drivers'][keyof Reference['drivers']] & object;

/** The reference with other ways to MySQL in the place of some of its own. */
export class WithDrivers extends Reference {
  constructor(drivers: Reference['drivers']) {
    super();
    Object.assign(this.drivers, drivers);
  }
}
