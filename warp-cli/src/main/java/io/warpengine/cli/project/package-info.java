/** Projects for new plugins: {@code warp plugin new}. */
package io.warpengine.cli.project;
