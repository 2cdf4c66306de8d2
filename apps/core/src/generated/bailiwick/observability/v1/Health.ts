// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { EnvironmentHealth as _bailiwick_observability_v1_EnvironmentHealth, EnvironmentHealth__Output as _bailiwick_observability_v1_EnvironmentHealth__Output } from '../../../bailiwick/observability/v1/EnvironmentHealth.js';
import type { Long } from '@grpc/proto-loader';

export interface Health {
  'status'?: (string);
  'version'?: (string);
  'startedAtMs'?: (number | string | Long);
  'environments'?: (_bailiwick_observability_v1_EnvironmentHealth)[];
}

export interface Health__Output {
  'status'?: (string);
  'version'?: (string);
  'startedAtMs'?: (number);
  'environments'?: (_bailiwick_observability_v1_EnvironmentHealth__Output)[];
}
