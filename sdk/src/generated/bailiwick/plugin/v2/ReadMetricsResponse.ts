// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Metric as _bailiwick_plugin_v2_Metric,
  Metric__Output as _bailiwick_plugin_v2_Metric__Output,
} from '../../../bailiwick/plugin/v2/Metric.js';

export interface ReadMetricsResponse {
  metrics?: _bailiwick_plugin_v2_Metric[];
}

export interface ReadMetricsResponse__Output {
  metrics: _bailiwick_plugin_v2_Metric__Output[];
}
