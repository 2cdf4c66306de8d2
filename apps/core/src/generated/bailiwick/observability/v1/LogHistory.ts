// Original file: ../../proto/bailiwick/observability/v1/observability.proto

import type { LogEntry as _bailiwick_observability_v1_LogEntry, LogEntry__Output as _bailiwick_observability_v1_LogEntry__Output } from '../../../bailiwick/observability/v1/LogEntry.js';

export interface LogHistory {
  'entries'?: (_bailiwick_observability_v1_LogEntry)[];
}

export interface LogHistory__Output {
  'entries'?: (_bailiwick_observability_v1_LogEntry__Output)[];
}
