// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { DiskMetrics as _bailiwick_observability_v1_DiskMetrics, DiskMetrics__Output as _bailiwick_observability_v1_DiskMetrics__Output } from '../../../bailiwick/observability/v1/DiskMetrics.js';
import type { Long } from '@grpc/proto-loader';

export interface HostMetrics {
  'id'?: (string);
  'name'?: (string);
  'coreStatus'?: (string);
  'atMs'?: (number | string | Long);
  'upSeconds'?: (number | string);
  'cpus'?: (number | string);
  'totalCpus'?: (number | string);
  'memoryBytes'?: (number | string);
  'totalMemoryBytes'?: (number | string);
  'receivedBytesPerSecond'?: (number | string);
  'sentBytesPerSecond'?: (number | string);
  'health'?: (string);
  'disks'?: (_bailiwick_observability_v1_DiskMetrics)[];
  '_cpus'?: "cpus";
  '_memoryBytes'?: "memoryBytes";
  '_receivedBytesPerSecond'?: "receivedBytesPerSecond";
  '_sentBytesPerSecond'?: "sentBytesPerSecond";
}

export interface HostMetrics__Output {
  'id'?: (string);
  'name'?: (string);
  'coreStatus'?: (string);
  'atMs'?: (number);
  'upSeconds'?: (number);
  'cpus'?: (number);
  'totalCpus'?: (number);
  'memoryBytes'?: (number);
  'totalMemoryBytes'?: (number);
  'receivedBytesPerSecond'?: (number);
  'sentBytesPerSecond'?: (number);
  'health'?: (string);
  'disks'?: (_bailiwick_observability_v1_DiskMetrics__Output)[];
}
