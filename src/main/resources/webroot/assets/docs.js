import { address } from './lib/api.js';

SwaggerUIBundle({
  url: address('/openapi.json'),
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
