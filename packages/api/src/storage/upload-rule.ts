/** For how long a browser need not ask again. */
const MAX_AGE_SECONDS = 3_600;

/** The CORS rule of S3 that lets the pages of an origin PUT parts; a readable ETag is for whoever looks at one. */
export const uploadRule = (origin: string) => ({
  AllowedOrigins: [origin],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: MAX_AGE_SECONDS,
});
