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
import { Allow, Public } from '../../foundation/access/allow.decorator.js';
import { ErrorFilter } from '../../foundation/access/error.filter.js';
import { LogSocketsService } from './log-sockets.service.js';

@WebSocketGateway({ namespace: 'logs' })
@UseFilters(ErrorFilter)
export class LogsGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(private readonly sockets: LogSocketsService) {}

  handleConnection(socket: Socket): void {
    this.sockets.welcome(socket);
  }

  handleDisconnect(socket: Socket): void {
    this.sockets.part(socket);
  }

  @SubscribeMessage('follow')
  @Allow('containers.logs')
  follow(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() answer: unknown): Promise<void> {
    return this.sockets.follow(socket, message, answer);
  }

  // What is already flowing on this very connection was allowed when it began and is cut when that ends.
  @SubscribeMessage('unfollow')
  @Public()
  unfollow(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown): void {
    this.sockets.unfollow(socket, message);
  }

  @SubscribeMessage('credit')
  @Public()
  credit(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown): void {
    this.sockets.credit(socket, message);
  }
}
