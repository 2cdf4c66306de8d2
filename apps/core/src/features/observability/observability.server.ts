import {
  type Metadata,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
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
import { LoopbackGrpc } from '../../kernel/grpc/loopback-grpc.js';
import { loadProto } from '../../kernel/grpc/protos.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ObservabilityService } from './observability.service.js';
import { ObservabilityToken, TOKEN_HINT } from './observability-token.js';

const PROTO = 'bailiwick/observability/v1/observability.proto';
const REFUSED = { code: status.UNAUTHENTICATED, details: TOKEN_HINT };

/** Behind a token of its own: it opens nothing else in the core. */
@Injectable()
export class ObservabilityServer implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly observability: ObservabilityService,
    private readonly token: ObservabilityToken,
    private readonly grpc: LoopbackGrpc,
  ) {}

  onModuleInit(): void {
    const { bailiwick } = loadProto<ProtoGrpcType>(this.config.rootDir, PROTO);
    this.grpc.serve(bailiwick.observability.v1.Observability.service, this.handlers());
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
}
