import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../../config.js';
import { CoreLog } from '../log/log.js';
import { CONFIG } from '../tokens.js';

const HOST = '127.0.0.1';
const MESSAGE_BYTES = 4 * 1024 * 1024;

/** The one gRPC port of the core, on loopback: each service on it asks for a token of its own. */
@Injectable()
export class LoopbackGrpc implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Where it listens, once it does. */
  port = 0;
  private readonly server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES });

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: CoreLog,
  ) {}

  /** Before the core has started. */
  serve(service: ServiceDefinition, handlers: UntypedServiceImplementation): void {
    this.server.addService(service, handlers);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.port = await this.bind();
    this.log.for('grpc').info({ address: `${HOST}:${this.port}` }, 'gRPC is up');
  }

  onApplicationShutdown(): void {
    this.server.forceShutdown();
  }

  private bind(): Promise<number> {
    const address = `${HOST}:${this.config.BAILIWICK_GRPC_PORT}`;
    return new Promise((resolve, reject) => {
      this.server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
        if (error)
          reject(new Error(`BAILIWICK_GRPC_PORT: ${address} cannot be used (${error.message}). Choose another port.`));
        else resolve(port);
      });
    });
  }
}
