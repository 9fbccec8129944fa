import { describe, expect, it } from '@jest/globals';
import type { LoadShedder } from '../../../infrastructure/limits/load-shedder.js';
import type { RealtimeSocket } from '../../../infrastructure/realtime/realtime.js';
import { anAgent } from '../fakes/factories.fake.js';
import { ViewingGateway } from './viewing.gateway.js';
import type { ViewingService } from './viewing.service.js';

describe(ViewingGateway.name, () => {
  const create = (isTooMuch = false) => {
    const done: string[] = [];
    const viewing = {
      begin: async () => done.push('begin'),
      end: async () => done.push('end'),
      endAll: async () => done.push('endAll'),
    } as unknown as ViewingService;
    const load = { isTooMuch: () => isTooMuch } as unknown as LoadShedder;
    return { gateway: new ViewingGateway(viewing, load), done };
  };
  const set = (gateway: ViewingGateway, viewing: boolean, connected = true) => {
    const socket = { id: 'socket-1', connected } as RealtimeSocket;
    return gateway.set(anAgent(), socket, { conversationId: 'c', viewing });
  };

  it('begins and ends as it is told', async () => {
    const { gateway, done } = create();
    await set(gateway, true);
    await set(gateway, false);
    expect(done).toEqual(['begin', 'end']);
  });

  it('ends what began for a connection that went meanwhile', async () => {
    const { gateway, done } = create();
    await set(gateway, true, false);
    expect(done).toEqual(['begin', 'endAll']);
  });

  it('lets signals go when there is too much else to do', async () => {
    const { gateway, done } = create(true);
    expect(await set(gateway, true)).toEqual({ ok: true, data: {} });
    expect(done).toEqual([]);
  });
});
