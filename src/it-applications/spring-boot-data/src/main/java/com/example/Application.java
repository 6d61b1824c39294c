package com.example;

import com.hazelcast.core.HazelcastInstance;
import jakarta.persistence.EntityManager;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

@SpringBootApplication
@EnableCaching
@RestController
public class Application {
    private final EntityManager entities;
    private final Scheduler scheduler;
    private final HazelcastInstance hazelcast;

    Application(EntityManager entities, Scheduler scheduler, HazelcastInstance hazelcast) {
        this.entities = entities;
        this.scheduler = scheduler;
        this.hazelcast = hazelcast;
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @GetMapping("/customers")
    @Cacheable("customers")
    public String customers() {
        return entities.createNativeQuery("select count(*) from customer").getSingleResult() + " customers";
    }

    @GetMapping("/schedule")
    public boolean schedule() throws SchedulerException {
        return scheduler.isStarted();
    }

    @GetMapping("/visits")
    public long visits() {
        return (Long) hazelcast.getMap("visits").merge("all", 1L, (one, other) -> (Long) one + (Long) other);
    }
}
