import path from 'node:path';
import {
  type Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
  loadPackageDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReadCoreLog } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import type { CurrentMetrics } from '../../generated/bailiwick/observability/v1/CurrentMetrics.js';
import type { GetCurrentMetricsRequest__Output } from '../../generated/bailiwick/observability/v1/GetCurrentMetricsRequest.js';
import type { GetHealthRequest__Output } from '../../generated/bailiwick/observability/v1/GetHealthRequest.js';
import type { GetLogHistoryRequest__Output } from '../../generated/bailiwick/observability/v1/GetLogHistoryRequest.js';
import type { Health } from '../../generated/bailiwick/observability/v1/Health.js';
import type { LogHistory } from '../../generated/bailiwick/observability/v1/LogHistory.js';
import type { ObservabilityHandlers } from '../../generated/bailiwick/observability/v1/Observability.js';
import type { WatchHealthRequest__Output } from '../../generated/bailiwick/observability/v1/WatchHealthRequest.js';
import type { ProtoGrpcType } from '../../generated/observability.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ObservabilityService } from './observability.service.js';
import { ObservabilityToken, TOKEN_HINT } from './observability-token.js';

const HOST = '127.0.0.1';
const PROTO = 'bailiwick/observability/v1/observability.proto';
const REFUSED = { code: status.UNAUTHENTICATED, details: TOKEN_HINT };

/** gRPC on loopback, behind a token of its own: it opens nothing else in the core. */
@Injectable()
export class ObservabilityServer implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Where it listens, once it does. */
  port = 0;
  private readonly server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 });

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly observability: ObservabilityService,
    private readonly token: ObservabilityToken,
    private readonly log: CoreLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const definition = loadSync(PROTO, { includeDirs: [path.join(this.config.rootDir, 'proto')], longs: Number });
    // What the loader builds has the shape its type generator wrote for the same file.
    const { bailiwick } = loadPackageDefinition(definition) as unknown as ProtoGrpcType;
    this.server.addService(bailiwick.observability.v1.Observability.service, this.handlers());
    this.port = await this.bind();
    this.log.for('observability').info({ address: `${HOST}:${this.port}` }, 'gRPC is up');
  }

  onApplicationShutdown(): void {
    this.server.forceShutdown();
  }

  private handlers(): ObservabilityHandlers {
    return {
      GetHealth: (call: ServerUnaryCall<GetHealthRequest__Output, Health>, answer: sendUnaryData<Health>) => {
        if (this.knows(call.metadata)) answer(null, this.observability.health());
        else answer(REFUSED);
      },
      GetCurrentMetrics: (
        call: ServerUnaryCall<GetCurrentMetricsRequest__Output, CurrentMetrics>,
        answer: sendUnaryData<CurrentMetrics>,
      ) => {
        if (this.knows(call.metadata)) answer(null, this.observability.currentMetrics());
        else answer(REFUSED);
      },
      GetLogHistory: (
        call: ServerUnaryCall<GetLogHistoryRequest__Output, LogHistory>,
        answer: sendUnaryData<LogHistory>,
      ) => {
        if (!this.knows(call.metadata)) {
          answer(REFUSED);
          return;
        }
        const asked = ReadCoreLog.safeParse(call.request.limit === 0 ? {} : { limit: call.request.limit });
        if (asked.success) answer(null, this.observability.logHistory(asked.data.limit));
        else answer({ code: status.INVALID_ARGUMENT, details: 'limit: from 1 to 500, or 0 for 200.' });
      },
      WatchHealth: (call: ServerWritableStream<WatchHealthRequest__Output, Health>) => {
        if (!this.knows(call.metadata)) {
          call.emit('error', REFUSED);
          return;
        }
        call.write(this.observability.health());
        const stop = this.observability.watch(() => call.write(this.observability.health()));
        call.once('cancelled', stop);
        call.once('close', stop);
      },
    };
  }

  private knows(metadata: Metadata): boolean {
    return this.token.isIn(metadata.get('authorization')[0]?.toString());
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
