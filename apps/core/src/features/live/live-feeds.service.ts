import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type EnvironmentId, OperationId, type Topic } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { ContainerListService } from '../containers/container-list.service.js';
import type { Touch } from './live-batch.js';

type Listener = (kind: FeedKind, touch: Touch) => void;

/** What changes independently of each other. */
export type FeedKind = 'containers' | 'environments' | 'operations';

/** The newest operations a topic begins with; older ones are read page by page. */
const OPERATIONS = 200;

/** What each topic shows, and when something of it changes. Items are those of the lists. */
@Injectable()
export class LiveFeedsService implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private unsubscribe: ReadonlyArray<() => void> = [];

  constructor(
    private readonly containers: ContainerListService,
    private readonly environments: EnvironmentsService,
    private readonly operations: OperationsService,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = [
      this.events.on('container.shown', (change) => this.touchContainer(change)),
      this.events.on('environment.changed', ({ environmentId }) => this.touchEnvironment(environmentId)),
      this.events.on('operation.changed', ({ operationId }) => this.touchOperation(operationId)),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  onTouch(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** Everything of a topic this actor may see; 404 for one operation that is not his to see. */
  async snapshot(actor: Actor, topic: Topic): Promise<unknown[]> {
    switch (topic) {
      case 'containers':
        return this.containers.all(actor);
      case 'environments':
        return this.environments.list(actor);
      case 'operations':
        return (await this.operations.list(actor, { limit: OPERATIONS })).items;
      default:
        return [await this.operations.get(actor, OperationId.parse(topic.slice('operation:'.length)))];
    }
  }

  private touchContainer({ before, after }: CoreEvents['container.shown']): void {
    const shown = after ?? before;
    if (!shown) return;
    this.touch('containers', {
      id: shown.bare.id,
      topics: ['containers'],
      read: (actor) => after && this.containers.itemFor(actor, after),
      wasVisibleTo: (actor) => before !== undefined && this.containers.itemFor(actor, before) !== undefined,
    });
    if (before?.bare.state !== after?.bare.state) this.touchEnvironment(shown.bare.environmentId);
  }

  private touchEnvironment(id: EnvironmentId): void {
    this.touch('environments', {
      id,
      topics: ['environments'],
      read: (actor) => this.environments.list(actor).find((environment) => environment.id === id),
      wasVisibleTo: () => false,
    });
  }

  private touchOperation(id: OperationId): void {
    this.touch('operations', {
      id,
      topics: ['operations', `operation:${id}`],
      read: (actor) => this.operations.find(actor, id),
      wasVisibleTo: () => false,
    });
  }

  private touch(kind: FeedKind, touch: Touch): void {
    for (const listener of this.listeners) listener(kind, touch);
  }
}
