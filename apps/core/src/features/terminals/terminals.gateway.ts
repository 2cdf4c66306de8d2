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
import { TerminalSocketsService } from './terminal-sockets.service.js';

@WebSocketGateway({ namespace: 'terminal' })
@UseFilters(ErrorFilter)
export class TerminalsGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(private readonly sockets: TerminalSocketsService) {}

  handleConnection(socket: Socket): void {
    this.sockets.welcome(socket);
  }

  handleDisconnect(socket: Socket): void {
    this.sockets.part(socket);
  }

  // The service asks for `containers.shell` or `containers.shellRoot` and puts a refusal into the answer.
  @SubscribeMessage('open')
  @Allow('account.see')
  open(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() answer: unknown): Promise<void> {
    return this.sockets.open(socket, message, answer);
  }

  @SubscribeMessage('attach')
  @Allow('account.see')
  attach(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() answer: unknown): Promise<void> {
    return this.sockets.attach(socket, message, answer);
  }

  // What this very connection shows was allowed when it began and is cut when that ends.
  @SubscribeMessage('frame')
  @Public()
  frame(@ConnectedSocket() socket: Socket, @MessageBody() message: unknown, @Ack() answer: unknown): Promise<void> {
    return this.sockets.frame(socket, message, answer);
  }

  @SubscribeMessage('control')
  @Public()
  control(@ConnectedSocket() socket: Socket): void {
    this.sockets.control(socket);
  }

  @SubscribeMessage('end')
  @Public()
  end(@ConnectedSocket() socket: Socket): void {
    this.sockets.end(socket);
  }
}
