// Original file: ../../proto/bailiwick/observability/v1/observability.proto


export interface GetCurrentMetricsRequest {
}

export interface GetCurrentMetricsRequest__Output {
}
