// Original file: ../../proto/bailiwick/observability/v1/observability.proto


export interface WatchHealthRequest {
}

export interface WatchHealthRequest__Output {
}
