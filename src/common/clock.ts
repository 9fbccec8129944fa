/** The time, the same for all nodes; tests can hold it still. What lasts on one node is measured without it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
