import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type {
  EnvironmentHealth as _bailiwick_observability_v1_EnvironmentHealth,
  EnvironmentHealth__Output as _bailiwick_observability_v1_EnvironmentHealth__Output,
} from './bailiwick/observability/v1/EnvironmentHealth.js';
import type {
  GetHealthRequest as _bailiwick_observability_v1_GetHealthRequest,
  GetHealthRequest__Output as _bailiwick_observability_v1_GetHealthRequest__Output,
} from './bailiwick/observability/v1/GetHealthRequest.js';
import type {
  Health as _bailiwick_observability_v1_Health,
  Health__Output as _bailiwick_observability_v1_Health__Output,
} from './bailiwick/observability/v1/Health.js';
import type {
  ObservabilityClient as _bailiwick_observability_v1_ObservabilityClient,
  ObservabilityDefinition as _bailiwick_observability_v1_ObservabilityDefinition,
} from './bailiwick/observability/v1/Observability.js';
import type {
  WatchHealthRequest as _bailiwick_observability_v1_WatchHealthRequest,
  WatchHealthRequest__Output as _bailiwick_observability_v1_WatchHealthRequest__Output,
} from './bailiwick/observability/v1/WatchHealthRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new (...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  bailiwick: {
    observability: {
      v1: {
        EnvironmentHealth: MessageTypeDefinition<
          _bailiwick_observability_v1_EnvironmentHealth,
          _bailiwick_observability_v1_EnvironmentHealth__Output
        >;
        GetHealthRequest: MessageTypeDefinition<
          _bailiwick_observability_v1_GetHealthRequest,
          _bailiwick_observability_v1_GetHealthRequest__Output
        >;
        Health: MessageTypeDefinition<_bailiwick_observability_v1_Health, _bailiwick_observability_v1_Health__Output>;
        Observability: SubtypeConstructor<typeof grpc.Client, _bailiwick_observability_v1_ObservabilityClient> & {
          service: _bailiwick_observability_v1_ObservabilityDefinition;
        };
        WatchHealthRequest: MessageTypeDefinition<
          _bailiwick_observability_v1_WatchHealthRequest,
          _bailiwick_observability_v1_WatchHealthRequest__Output
        >;
      };
    };
  };
}
