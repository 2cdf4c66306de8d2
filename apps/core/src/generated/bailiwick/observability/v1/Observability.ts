// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  GetHealthRequest as _bailiwick_observability_v1_GetHealthRequest,
  GetHealthRequest__Output as _bailiwick_observability_v1_GetHealthRequest__Output,
} from '../../../bailiwick/observability/v1/GetHealthRequest.js';
import type {
  Health as _bailiwick_observability_v1_Health,
  Health__Output as _bailiwick_observability_v1_Health__Output,
} from '../../../bailiwick/observability/v1/Health.js';
import type {
  WatchHealthRequest as _bailiwick_observability_v1_WatchHealthRequest,
  WatchHealthRequest__Output as _bailiwick_observability_v1_WatchHealthRequest__Output,
} from '../../../bailiwick/observability/v1/WatchHealthRequest.js';

export interface ObservabilityClient extends grpc.Client {
  GetHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  GetHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  GetHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  GetHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  getHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  getHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  getHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;
  getHealth(
    argument: _bailiwick_observability_v1_GetHealthRequest,
    callback: grpc.requestCallback<_bailiwick_observability_v1_Health__Output>,
  ): grpc.ClientUnaryCall;

  WatchHealth(
    argument: _bailiwick_observability_v1_WatchHealthRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  WatchHealth(
    argument: _bailiwick_observability_v1_WatchHealthRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  watchHealth(
    argument: _bailiwick_observability_v1_WatchHealthRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
  watchHealth(
    argument: _bailiwick_observability_v1_WatchHealthRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_observability_v1_Health__Output>;
}

export interface ObservabilityHandlers extends grpc.UntypedServiceImplementation {
  GetHealth: grpc.handleUnaryCall<
    _bailiwick_observability_v1_GetHealthRequest__Output,
    _bailiwick_observability_v1_Health
  >;

  WatchHealth: grpc.handleServerStreamingCall<
    _bailiwick_observability_v1_WatchHealthRequest__Output,
    _bailiwick_observability_v1_Health
  >;
}

export interface ObservabilityDefinition extends grpc.ServiceDefinition {
  GetHealth: MethodDefinition<
    _bailiwick_observability_v1_GetHealthRequest,
    _bailiwick_observability_v1_Health,
    _bailiwick_observability_v1_GetHealthRequest__Output,
    _bailiwick_observability_v1_Health__Output
  >;
  WatchHealth: MethodDefinition<
    _bailiwick_observability_v1_WatchHealthRequest,
    _bailiwick_observability_v1_Health,
    _bailiwick_observability_v1_WatchHealthRequest__Output,
    _bailiwick_observability_v1_Health__Output
  >;
}
