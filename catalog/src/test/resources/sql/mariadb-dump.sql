/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19-11.4.5-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8mb4 */;
/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */;

DROP TABLE IF EXISTS `stock`;
CREATE TABLE `stock` (
  `sku` varchar(20) NOT NULL,
  `on_hand` int(11) NOT NULL CHECK (`on_hand` >= 0)
) ENGINE=InnoDB;
set autocommit=0;
LOCK TABLES `stock` WRITE;
INSERT INTO `stock` VALUES
('a;b',1),
('c''d',2);
UNLOCK TABLES;
commit;
/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */;
-- Dump completed
