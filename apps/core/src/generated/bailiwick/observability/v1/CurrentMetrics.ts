// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { HostMetrics as _bailiwick_observability_v1_HostMetrics, HostMetrics__Output as _bailiwick_observability_v1_HostMetrics__Output } from '../../../bailiwick/observability/v1/HostMetrics.js';

export interface CurrentMetrics {
  'hosts'?: (_bailiwick_observability_v1_HostMetrics)[];
}

export interface CurrentMetrics__Output {
  'hosts'?: (_bailiwick_observability_v1_HostMetrics__Output)[];
}
