import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EventStreamMessage, StreamEvents, type Topic } from '@bailiwick/contract';
import type { WebSocket } from 'ws';
import type { Actor } from '../../foundation/access/actor.js';
import { LiveService, type LiveSink, type LiveSubscription, type Opened } from '../live/live.service.js';
import { SocketGateService } from '../live/socket-gate.service.js';
import { EngineEventStreamsService } from './engine-event-streams.service.js';
import { NO_LONGER_ALLOWED, PlainSocketsService, sendOrClose } from './plain-sockets.service.js';

const PATH = '/api/v1/events';

/** The live topics for programs that speak plain WebSocket. */
@Injectable()
export class EventStreamsService implements OnModuleInit {
  constructor(
    private readonly gate: SocketGateService,
    private readonly sockets: PlainSocketsService,
    private readonly live: LiveService,
    private readonly engineEvents: EngineEventStreamsService,
  ) {}

  onModuleInit(): void {
    this.gate.serve(PATH, (request, socket, head, actor) => {
      const { topics } = this.sockets.query(StreamEvents, request);
      this.sockets.accept(request, socket, head, (client) =>
        topics ? this.tell(client, actor, new Set(topics)) : this.engineEvents.tell(client, actor),
      );
    });
  }

  private async tell(client: WebSocket, actor: Actor, topics: ReadonlySet<Topic>): Promise<void> {
    const open: LiveSubscription[] = [];
    client.once('close', () => open.forEach((subscription) => this.live.close(subscription)));
    const sink = toSink(client);
    for (const topic of topics) {
      const opened = await this.live.open(actor, topic);
      open.push(opened.subscription);
      if (client.readyState !== client.OPEN) return this.live.close(opened.subscription);
      send(client, toSnapshot(topic, opened));
      opened.subscription.attach(sink, opened.seq);
    }
  }
}

const toSink = (client: WebSocket): LiveSink => ({
  change: (data) => send(client, { type: 'change', data }),
  gone: (data) => {
    send(client, { type: 'gone', data });
    client.close(NO_LONGER_ALLOWED, data.reason);
  },
});

const toSnapshot = (topic: Topic, { epoch, seq, begin }: Opened): EventStreamMessage => ({
  type: 'snapshot',
  data: { topic, epoch, seq, items: 'snapshot' in begin ? begin.snapshot : [] },
});

/** Whoever does not read starts anew: a snapshot is smaller than what was missed. */
const send = (client: WebSocket, message: EventStreamMessage): void => sendOrClose(client, message);
