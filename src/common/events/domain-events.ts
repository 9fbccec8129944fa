import { Injectable, Logger, SetMetadata, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

/**
 * Every fact that domains tell each other, by name. Each publisher adds its own beside its code:
 * `declare module '../../common/events/domain-events.js' { interface DomainEvents { 'message.created': … } }`
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface DomainEvents {}

type EventName = keyof DomainEvents;
type Listener = (payload: never) => unknown;

const LISTENS_TO = Symbol('listens-to');

/** Marks a method of a provider as listener. What it throws is logged and never reaches the publisher. */
export function OnDomainEvent(...names: EventName[]): MethodDecorator {
  return SetMetadata(LISTENS_TO, names);
}

/** In-process, after the write is durable. May be lost in a crash: what must not be lost leaves a mark in the write. */
@Injectable()
export class DomainEventBus implements OnApplicationBootstrap {
  private readonly logger = new Logger(DomainEventBus.name);
  private readonly listeners = new Map<string, Listener[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (instance && typeof instance === 'object' && Object.getPrototypeOf(instance))
        this.register(instance as object);
    }
  }

  publish<Name extends EventName>(name: Name, payload: DomainEvents[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) this.tell(name, listener, payload as never);
  }

  /** For parts that are not providers of Nest, and for tests. Returns the way to stop. */
  on<Name extends EventName>(name: Name, listener: (payload: DomainEvents[Name]) => unknown): () => void {
    this.add(name, listener);
    return () => {
      const left = (this.listeners.get(name) ?? []).filter((known) => known !== listener);
      this.listeners.set(name, left);
    };
  }

  private register(instance: object): void {
    const prototype = Object.getPrototypeOf(instance) as object;
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const handler = (instance as Record<string, unknown>)[method];
      if (typeof handler !== 'function') continue;
      const names = this.reflector.get<string[] | undefined>(LISTENS_TO, handler as () => unknown) ?? [];
      for (const name of names) this.add(name, handler.bind(instance) as Listener);
    }
  }

  private add(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  private tell(name: string, listener: Listener, payload: never): void {
    const failed = (error: unknown) => this.logger.error({ err: error, event: name }, 'a listener failed');
    try {
      const result = listener(payload);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
