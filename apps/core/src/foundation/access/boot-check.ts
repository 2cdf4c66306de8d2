import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntryPoint, EntryPoints } from './entry-points.js';

/** Refuses the start while any way into the core says neither who may use it nor that everybody may. */
@Injectable()
export class BootCheck implements OnModuleInit {
  constructor(private readonly entryPoints: EntryPoints) {}

  onModuleInit(): void {
    const complaints = this.entryPoints.list().flatMap(complain);
    if (complaints.length > 0) throw new Error(`The core does not start:\n${complaints.join('\n')}`);
  }
}

function complain({ name, place, allow, isPublic }: EntryPoint): string[] {
  if (allow !== undefined && isPublic) return [`${name} (${place}) is marked both @Allow and @Public.`];
  if (allow === undefined && !isPublic) return [`${name} (${place}) needs @Allow(capability) or @Public().`];
  return [];
}
