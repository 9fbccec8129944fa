import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5];

export interface Reading {
  labels: Record<string, string>;
  value: number;
}

/** What this process counts and measures, for Prometheus. A registry of its own: tests run several apps at once. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly http = new Histogram({
    name: 'flc_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: LATENCY_BUCKETS,
    registers: [this.registry],
  });

  private readonly socketEvents = new Histogram({
    name: 'flc_socket_event_duration_seconds',
    help: 'Time from a socket event to its ack',
    labelNames: ['event', 'result'] as const,
    buckets: LATENCY_BUCKETS,
    registers: [this.registry],
  });

  private readonly messages = new Counter({
    name: 'flc_messages_sent_total',
    help: 'Messages stored by this process, without repeats',
    labelNames: ['sender'] as const,
    registers: [this.registry],
  });

  constructor() {
    // Event-loop lag is among the default ones.
    collectDefaultMetrics({ register: this.registry });
  }

  httpAnswered(method: string, route: string, status: number, seconds: number): void {
    this.http.observe({ method, route, status }, seconds);
  }

  socketEventHandled(event: string, result: 'ok' | 'error', seconds: number): void {
    this.socketEvents.observe({ event, result }, seconds);
  }

  messageSent(sender: 'user' | 'agent' | 'bot' | 'system'): void {
    this.messages.inc({ sender });
  }

  /** A figure that is read when Prometheus comes, once per set of labels. */
  gauge(name: string, help: string, labelNames: string[], read: ReadFigure): void {
    new Gauge({ name, help, labelNames, registers: [this.registry], collect: readBy(read) });
  }

  /** The same for what only grows, and is counted elsewhere. */
  total(name: string, help: string, labelNames: string[], read: ReadFigure): void {
    new Counter({ name, help, labelNames, registers: [this.registry], collect: readBy(read) });
  }
}

type ReadFigure = () => Reading[] | Promise<Reading[]>;

function readBy(read: ReadFigure): (this: Counter | Gauge) => Promise<void> {
  return async function () {
    const readings = await read();
    this.reset();
    for (const { labels, value } of readings) this.inc(labels, value);
  };
}
