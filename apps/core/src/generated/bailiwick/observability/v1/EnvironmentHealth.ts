// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { Long } from '@grpc/proto-loader';

export interface EnvironmentHealth {
  'id'?: (string);
  'name'?: (string);
  'state'?: (string);
  'sinceMs'?: (number | string | Long);
  'containersTotal'?: (number);
  'containersRunning'?: (number);
}

export interface EnvironmentHealth__Output {
  'id'?: (string);
  'name'?: (string);
  'state'?: (string);
  'sinceMs'?: (number);
  'containersTotal'?: (number);
  'containersRunning'?: (number);
}
