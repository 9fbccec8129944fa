import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** One transaction over several repositories, which join it unasked through `manager`. */
@Injectable()
export class UnitOfWork {
  private readonly current = new AsyncLocalStorage<EntityManager>();

  constructor(private readonly dataSource: DataSource) {}

  get manager(): EntityManager {
    return this.current.getStore() ?? this.dataSource.manager;
  }

  /** Joins a transaction that runs already. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    return this.dataSource.transaction((manager) => this.current.run(manager, work));
  }

  /**
   * As run, and over all nodes one at a time for each key, until the end of the transaction: for what looks at rows that are
   * not there yet, and cannot lock them.
   */
  runInTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.run(async () => {
      await this.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
      return work();
    });
  }
}
