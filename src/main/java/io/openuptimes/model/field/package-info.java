/** Descriptors of fields, from which validation, stored form, schema and forms are derived. */
@NullMarked
package io.openuptimes.model.field;

import org.jspecify.annotations.NullMarked;
