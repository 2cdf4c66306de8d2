import { UseFilters } from '@nestjs/common';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { Allow } from '../../foundation/access/allow.decorator.js';
import { ErrorFilter } from '../../foundation/access/error.filter.js';
import { LiveSocketsService } from './live-sockets.service.js';

@WebSocketGateway({ namespace: 'live' })
@UseFilters(ErrorFilter)
export class LiveGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(private readonly sockets: LiveSocketsService) {}

  handleConnection(socket: Socket): void {
    this.sockets.welcome(socket);
  }

  handleDisconnect(socket: Socket): void {
    this.sockets.part(socket);
  }

  @SubscribeMessage('join')
  @Allow('account.see')
  join(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() answer: unknown): Promise<void> {
    return this.sockets.join(socket, message, answer);
  }

  @SubscribeMessage('leave')
  @Allow('account.see')
  leave(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown): Promise<void> {
    return this.sockets.leave(socket, message);
  }
}
