import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Capability } from '@bailiwick/contract';
import type { Request } from 'express';
import type { Socket } from 'socket.io';
import { AppError, unauthenticated } from '../../kernel/errors.js';
import { canEverHold } from './access.rules.js';
import type { Actor } from './actor.js';
import { ActorResolver } from './actor-resolver.js';
import { ALLOW, PUBLIC } from './allow.decorator.js';
import { refusal } from './refusal.js';

/** Stands before every route and socket message: no mark, no entry. */
@Injectable()
export class AllowGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: ActorResolver,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const capability = this.reflector.get<Capability | undefined>(ALLOW, context.getHandler());
    if (capability === undefined) return this.enterPublic(context);
    const actor = await this.resolve(context, capability);
    if (!actor) throw unauthenticated();
    if (!canEverHold(actor, capability)) throw refusal(actor, [capability], null);
    return true;
  }

  private async enterPublic(context: ExecutionContext): Promise<boolean> {
    if (!this.reflector.get<boolean | undefined>(PUBLIC, context.getHandler()))
      throw new AppError('forbidden', 403, 'Nobody may use this.');
    if (context.getType() === 'http') await this.actors.admitStranger(context.switchToHttp().getRequest<Request>());
    return true;
  }

  private async resolve(context: ExecutionContext, capability: Capability): Promise<Actor | undefined> {
    if (context.getType() === 'ws')
      return this.actors.fromHeaders(context.switchToWs().getClient<Socket>().handshake.headers);
    const request = context.switchToHttp().getRequest<Request>();
    request.capability = capability;
    return this.actors.fromRequest(request);
  }
}
