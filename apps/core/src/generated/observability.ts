import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CurrentMetrics as _bailiwick_observability_v1_CurrentMetrics, CurrentMetrics__Output as _bailiwick_observability_v1_CurrentMetrics__Output } from './bailiwick/observability/v1/CurrentMetrics.js';
import type { DiskMetrics as _bailiwick_observability_v1_DiskMetrics, DiskMetrics__Output as _bailiwick_observability_v1_DiskMetrics__Output } from './bailiwick/observability/v1/DiskMetrics.js';
import type { EnvironmentHealth as _bailiwick_observability_v1_EnvironmentHealth, EnvironmentHealth__Output as _bailiwick_observability_v1_EnvironmentHealth__Output } from './bailiwick/observability/v1/EnvironmentHealth.js';
import type { GetCurrentMetricsRequest as _bailiwick_observability_v1_GetCurrentMetricsRequest, GetCurrentMetricsRequest__Output as _bailiwick_observability_v1_GetCurrentMetricsRequest__Output } from './bailiwick/observability/v1/GetCurrentMetricsRequest.js';
import type { GetHealthRequest as _bailiwick_observability_v1_GetHealthRequest, GetHealthRequest__Output as _bailiwick_observability_v1_GetHealthRequest__Output } from './bailiwick/observability/v1/GetHealthRequest.js';
import type { GetLogHistoryRequest as _bailiwick_observability_v1_GetLogHistoryRequest, GetLogHistoryRequest__Output as _bailiwick_observability_v1_GetLogHistoryRequest__Output } from './bailiwick/observability/v1/GetLogHistoryRequest.js';
import type { Health as _bailiwick_observability_v1_Health, Health__Output as _bailiwick_observability_v1_Health__Output } from './bailiwick/observability/v1/Health.js';
import type { HostMetrics as _bailiwick_observability_v1_HostMetrics, HostMetrics__Output as _bailiwick_observability_v1_HostMetrics__Output } from './bailiwick/observability/v1/HostMetrics.js';
import type { LogEntry as _bailiwick_observability_v1_LogEntry, LogEntry__Output as _bailiwick_observability_v1_LogEntry__Output } from './bailiwick/observability/v1/LogEntry.js';
import type { LogHistory as _bailiwick_observability_v1_LogHistory, LogHistory__Output as _bailiwick_observability_v1_LogHistory__Output } from './bailiwick/observability/v1/LogHistory.js';
import type { ObservabilityClient as _bailiwick_observability_v1_ObservabilityClient, ObservabilityDefinition as _bailiwick_observability_v1_ObservabilityDefinition } from './bailiwick/observability/v1/Observability.js';
import type { WatchHealthRequest as _bailiwick_observability_v1_WatchHealthRequest, WatchHealthRequest__Output as _bailiwick_observability_v1_WatchHealthRequest__Output } from './bailiwick/observability/v1/WatchHealthRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  bailiwick: {
    observability: {
      v1: {
        CurrentMetrics: MessageTypeDefinition<_bailiwick_observability_v1_CurrentMetrics, _bailiwick_observability_v1_CurrentMetrics__Output>
        DiskMetrics: MessageTypeDefinition<_bailiwick_observability_v1_DiskMetrics, _bailiwick_observability_v1_DiskMetrics__Output>
        EnvironmentHealth: MessageTypeDefinition<_bailiwick_observability_v1_EnvironmentHealth, _bailiwick_observability_v1_EnvironmentHealth__Output>
        GetCurrentMetricsRequest: MessageTypeDefinition<_bailiwick_observability_v1_GetCurrentMetricsRequest, _bailiwick_observability_v1_GetCurrentMetricsRequest__Output>
        GetHealthRequest: MessageTypeDefinition<_bailiwick_observability_v1_GetHealthRequest, _bailiwick_observability_v1_GetHealthRequest__Output>
        GetLogHistoryRequest: MessageTypeDefinition<_bailiwick_observability_v1_GetLogHistoryRequest, _bailiwick_observability_v1_GetLogHistoryRequest__Output>
        Health: MessageTypeDefinition<_bailiwick_observability_v1_Health, _bailiwick_observability_v1_Health__Output>
        HostMetrics: MessageTypeDefinition<_bailiwick_observability_v1_HostMetrics, _bailiwick_observability_v1_HostMetrics__Output>
        LogEntry: MessageTypeDefinition<_bailiwick_observability_v1_LogEntry, _bailiwick_observability_v1_LogEntry__Output>
        LogHistory: MessageTypeDefinition<_bailiwick_observability_v1_LogHistory, _bailiwick_observability_v1_LogHistory__Output>
        Observability: SubtypeConstructor<typeof grpc.Client, _bailiwick_observability_v1_ObservabilityClient> & { service: _bailiwick_observability_v1_ObservabilityDefinition }
        WatchHealthRequest: MessageTypeDefinition<_bailiwick_observability_v1_WatchHealthRequest, _bailiwick_observability_v1_WatchHealthRequest__Output>
      }
    }
  }
}

