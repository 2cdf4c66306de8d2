import { Injectable } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import { Events } from '../../kernel/events.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** People open it elsewhere than before. */
    'container.addressed': { readonly containerId: ContainerId };
  }
}

/** Where people open containers, told by whoever keeps their settings: at hand, so that no list has to ask for it. */
@Injectable()
export class ContainerAddresses {
  private readonly known = new Map<ContainerId, string>();

  constructor(private readonly events: Events) {}

  of(id: ContainerId): string | null {
    return this.known.get(id) ?? null;
  }

  set(id: ContainerId, address: string | null): void {
    if (this.of(id) === address) return;
    if (address === null) this.known.delete(id);
    else this.known.set(id, address);
    this.events.publish('container.addressed', { containerId: id });
  }
}
