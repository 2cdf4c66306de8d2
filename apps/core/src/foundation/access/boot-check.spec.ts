import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { describe, expect, it } from '@jest/globals';
import { Allow, Public } from './allow.decorator.js';
import { BootCheck } from './boot-check.js';
import { EntryPoints } from './entry-points.js';

@Controller('things')
class Marked {
  @Get(':id')
  @Allow('containers.see')
  get() {}

  @Post()
  @Public()
  add() {}
}

@Controller('things')
class Unmarked extends Marked {
  @Post(':id/start')
  start() {}
}

@Controller(['things', 'items'])
class Undecided {
  @Get()
  @Allow('containers.see')
  @Public()
  list() {}
}

@WebSocketGateway({ namespace: '/things' })
class MarkedGateway {
  @SubscribeMessage('follow')
  @Allow('containers.see')
  follow() {}
}

@WebSocketGateway({ namespace: '/things' })
class UnmarkedGateway extends MarkedGateway {
  @SubscribeMessage('shout')
  shout() {}
}

async function start(...classes: Type[]): Promise<void> {
  const isGateway = (type: Type) => type.name.endsWith('Gateway');

  @Module({
    imports: [DiscoveryModule],
    controllers: classes.filter((type) => !isGateway(type)),
    providers: [BootCheck, EntryPoints, ...classes.filter(isGateway)],
  })
  class Some {}

  const module = await Test.createTestingModule({ imports: [Some] }).compile();
  await module.init();
  await module.close();
}

describe('the start', () => {
  it('goes on when every route and message carries its mark', async () => {
    await expect(start(Marked, MarkedGateway)).resolves.toBeUndefined();
  });

  it('is refused for a route without a mark, by its name and place', async () => {
    await expect(start(Marked, Unmarked)).rejects.toThrow(
      'POST things/:id/start (Unmarked.start) needs @Allow(capability) or @Public().',
    );
  });

  it('is refused for a socket message without a mark', async () => {
    await expect(start(UnmarkedGateway)).rejects.toThrow(
      'message shout (UnmarkedGateway.shout) needs @Allow(capability) or @Public().',
    );
  });

  it('is refused for a route that is both open and guarded, under each of its addresses', async () => {
    await expect(start(Undecided)).rejects.toThrow(
      /GET things \(Undecided\.list\) is marked both[\s\S]*GET items \(Undecided\.list\) is marked both/,
    );
  });
});
