// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { Long } from '@grpc/proto-loader';

export interface LogEntry {
  'timestampMs'?: (number | string | Long);
  'level'?: (string);
  'logger'?: (string);
  'message'?: (string);
}

export interface LogEntry__Output {
  'timestampMs'?: (number);
  'level'?: (string);
  'logger'?: (string);
  'message'?: (string);
}
