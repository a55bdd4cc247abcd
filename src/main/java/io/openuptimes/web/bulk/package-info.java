/** The forms in which many services are sent and exported: JSON, NDJSON, CSV and YAML. */
@NullMarked
package io.openuptimes.web.bulk;

import org.jspecify.annotations.NullMarked;
