package io.reprise.catalog.schedule;

import java.util.Optional;

/**
 * What a pipeline says of time.
 *
 * @param slot empty where a run stands for no time
 * @param schedule empty where it is never started by itself
 */
public record PipelineTime(Optional<SlotCalendar> slot, Optional<ScheduleDefinition> schedule) {}
