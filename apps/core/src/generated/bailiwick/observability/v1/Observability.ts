// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CurrentMetrics as _bailiwick_observability_v1_CurrentMetrics, CurrentMetrics__Output as _bailiwick_observability_v1_CurrentMetrics__Output } from '../../../bailiwick/observability/v1/CurrentMetrics.js';
import type { GetCurrentMetricsRequest as _bailiwick_observability_v1_GetCurrentMetricsRequest, GetCurrentMetricsRequest__Output as _bailiwick_observability_v1_GetCurrentMetricsRequest__Output } from '../../../bailiwick/observability/v1/GetCurrentMetricsRequest.js';
import type { GetHealthRequest as _bailiwick_observability_v1_GetHealthRequest, GetHealthRequest__Output as _bailiwick_observability_v1_GetHealthRequest__Output } from '../../../bailiwick/observability/v1/GetHealthRequest.js';
import type { GetLogHistoryRequest as _bailiwick_observability_v1_GetLogHistoryRequest, GetLogHistoryRequest__Output as _bailiwick_observability_v1_GetLogHistoryRequest__Output } from '../../../bailiwick/observability/v1/GetLogHistoryRequest.js';
import type { Health as _bailiwick_observability_v1_Health, Health__Output as _bailiwick_observability_v1_Health__Output } from '../../../bailiwick/observability/v1/Health.js';
import type { LogHistory as _bailiwick_observability_v1_LogHistory, LogHistory__Output as _bailiwick_observability_v1_LogHistory__Output } from '../../../bailiwick/observability/v1/LogHistory.js';
import type { WatchHealthRequest as _bailiwick_observability_v1_WatchHealthRequest, WatchHealthRequest__Output as _bailiwick_observability_v1_WatchHealthRequest__Output } from '../../../bailiwick/observability/v1/WatchHealthRequest.js';

export interface ObservabilityClient extends grpc.Client {
  GetCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  GetCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  GetCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  GetCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  getCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  getCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  getCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  getCurrentMetrics(argument: _bailiwick_observability_v1_GetCurrentMetricsRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_CurrentMetrics__Output>): grpc.ClientUnaryCall;
  
  GetHealth(argument: _bailiwick_observability_v1_GetHealthRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  GetHealth(argument: _bailiwick_observability_v1_GetHealthRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  GetHealth(argument: _bailiwick_observability_v1_GetHealthRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  GetHealth(argument: _bailiwick_observability_v1_GetHealthRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  getHealth(argument: _bailiwick_observability_v1_GetHealthRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  getHealth(argument: _bailiwick_observability_v1_GetHealthRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  getHealth(argument: _bailiwick_observability_v1_GetHealthRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  getHealth(argument: _bailiwick_observability_v1_GetHealthRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>): grpc.ClientUnaryCall;
  
  GetLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  GetLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  GetLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  GetLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  getLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  getLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  getLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  getLogHistory(argument: _bailiwick_observability_v1_GetLogHistoryRequest, callback: grpc.requestCallback<_bailiwick_observability_v1_LogHistory__Output>): grpc.ClientUnaryCall;
  
  WatchHealth(argument: _bailiwick_observability_v1_WatchHealthRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  WatchHealth(argument: _bailiwick_observability_v1_WatchHealthRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  watchHealth(argument: _bailiwick_observability_v1_WatchHealthRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  watchHealth(argument: _bailiwick_observability_v1_WatchHealthRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  
}

export interface ObservabilityHandlers extends grpc.UntypedServiceImplementation {
  GetCurrentMetrics: grpc.handleUnaryCall<_bailiwick_observability_v1_GetCurrentMetricsRequest__Output, _bailiwick_observability_v1_CurrentMetrics>;
  
  GetHealth: grpc.handleUnaryCall<_bailiwick_observability_v1_GetHealthRequest__Output, _bailiwick_observability_v1_Health>;
  
  GetLogHistory: grpc.handleUnaryCall<_bailiwick_observability_v1_GetLogHistoryRequest__Output, _bailiwick_observability_v1_LogHistory>;
  
  WatchHealth: grpc.handleServerStreamingCall<_bailiwick_observability_v1_WatchHealthRequest__Output, _bailiwick_observability_v1_Health>;
  
}

export interface ObservabilityDefinition extends grpc.ServiceDefinition {
  GetCurrentMetrics: MethodDefinition<_bailiwick_observability_v1_GetCurrentMetricsRequest, _bailiwick_observability_v1_CurrentMetrics, _bailiwick_observability_v1_GetCurrentMetricsRequest__Output, _bailiwick_observability_v1_CurrentMetrics__Output>
  GetHealth: MethodDefinition<_bailiwick_observability_v1_GetHealthRequest, _bailiwick_observability_v1_Health, _bailiwick_observability_v1_GetHealthRequest__Output, _bailiwick_observability_v1_Health__Output>
  GetLogHistory: MethodDefinition<_bailiwick_observability_v1_GetLogHistoryRequest, _bailiwick_observability_v1_LogHistory, _bailiwick_observability_v1_GetLogHistoryRequest__Output, _bailiwick_observability_v1_LogHistory__Output>
  WatchHealth: MethodDefinition<_bailiwick_observability_v1_WatchHealthRequest, _bailiwick_observability_v1_Health, _bailiwick_observability_v1_WatchHealthRequest__Output, _bailiwick_observability_v1_Health__Output>
}
