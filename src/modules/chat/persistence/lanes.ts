export interface Waiting {
  reject(error: unknown): void;
}

/**
 * One lane per conversation: work in it is done one batch after the other, so that a node never competes with
 * itself. Work settles its own batch, and throws only when the store is out of reach: those who wait behind are
 * then refused at once, since waiting their turn would only keep them from trying again.
 */
export class Lanes<Item extends Waiting> {
  private readonly lanes = new Map<string, Item[]>();

  constructor(
    private readonly batchSize: number,
    private readonly work: (lane: string, batch: Item[]) => Promise<void>,
  ) {}

  add(lane: string, item: Item): void {
    const waiting = this.lanes.get(lane);
    if (waiting) {
      waiting.push(item);
      return;
    }
    const items = [item];
    this.lanes.set(lane, items);
    void this.drain(lane, items);
  }

  private async drain(lane: string, waiting: Item[]): Promise<void> {
    while (waiting.length > 0) {
      try {
        await this.work(lane, waiting.splice(0, this.batchSize));
      } catch (error) {
        for (const item of waiting.splice(0)) item.reject(error);
      }
    }
    this.lanes.delete(lane);
  }
}
