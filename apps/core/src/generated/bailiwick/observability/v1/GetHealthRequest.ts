// Original file: ../../proto/bailiwick/observability/v1/observability.proto


export interface GetHealthRequest {
}

export interface GetHealthRequest__Output {
}
