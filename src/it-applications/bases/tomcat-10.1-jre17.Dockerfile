# Stands in for tomcat:10.1-jre17: Tomcat's own distribution laid out as the official image does it (empty webapps, and
# logs, temp and work open to every user).
FROM eclipse-temurin:17-jre
ENV CATALINA_HOME=/usr/local/tomcat PATH=/usr/local/tomcat/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /usr/local/tomcat
COPY . .
RUN mv webapps webapps.dist && mkdir webapps && chmod -R +rX . && chmod 1777 logs temp work
EXPOSE 8080
CMD ["catalina.sh", "run"]
